"""Small parts that screens are made of: charts, sentences, badges, tables."""
