"""The server prepares what the first visitor would wait for."""

import pytest

from dashboard import cache, server
from dashboard.components.solving import answer_key
from dashboard.services.mix import Answered
from data.store import Store

PATIENCE = 60


@pytest.mark.usefixtures("store_url")
def test_the_first_visitor_finds_the_best_mix_ready(store: Store) -> None:
    server.warm()
    assert cache.desk().idle(PATIENCE)
    here = cache.open_cluster(store.clusters()[0].id)
    kept = cache.answer(answer_key(here, here.pool.scenario))
    assert isinstance(kept, Answered)
    assert kept.proven


@pytest.mark.usefixtures("empty_store")
def test_a_store_without_clusters_is_no_fault() -> None:
    server.warm()
    assert cache.desk().idle(PATIENCE)
