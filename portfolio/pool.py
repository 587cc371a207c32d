"""The pool: a cluster's projects and all that is needed to judge them, as one frozen value."""

from __future__ import annotations

from dataclasses import dataclass, field

from portfolio.cluster import Cluster
from portfolio.errors import NotFoundError
from portfolio.organization import Member, Organization
from portfolio.project import Project, ProjectStatus
from portfolio.scenario import Scenario
from portfolio.scoring.criteria import Criterion, Judgement


@dataclass(frozen=True, slots=True)
class Pool:
    """Everything known of a cluster on a day. Projects are kept in order of id.

    `scenario` is the cluster's standing question: its sources, rules and aim.
    """

    cluster: Cluster
    projects: tuple[Project, ...] = ()
    organizations: tuple[Organization, ...] = ()
    members: tuple[Member, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    scenario: Scenario = field(default_factory=Scenario)
    _projects: dict[str, Project] = field(init=False, repr=False, compare=False)
    _organizations: dict[str, Organization] = field(init=False, repr=False, compare=False)
    _candidates: tuple[Project, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Order the projects, so that the order of the input cannot change an answer."""
        ordered = tuple(sorted(self.projects, key=lambda project: project.id))
        object.__setattr__(self, "projects", ordered)
        object.__setattr__(self, "_projects", {project.id: project for project in ordered})
        by_id = {organization.id: organization for organization in self.organizations}
        object.__setattr__(self, "_organizations", by_id)
        priced = tuple(one for one in self._of(ProjectStatus.PROPOSAL) if one.cost_known)
        object.__setattr__(self, "_candidates", priced)

    def _of(self, status: ProjectStatus) -> tuple[Project, ...]:
        return tuple(project for project in self.projects if project.status is status)

    @property
    def candidates(self) -> tuple[Project, ...]:
        """The proposals whose cost is known, in order of id: what a mix is chosen from."""
        return self._candidates

    @property
    def incomplete(self) -> tuple[Project, ...]:
        """The proposals that no mix may hold yet, because their cost is not known."""
        proposals = self._of(ProjectStatus.PROPOSAL)
        return tuple(project for project in proposals if not project.cost_known)

    @property
    def running(self) -> tuple[Project, ...]:
        """Projects under way."""
        return self._of(ProjectStatus.RUNNING)

    @property
    def closed(self) -> tuple[Project, ...]:
        """Projects that ended, well or not."""
        return self._of(ProjectStatus.CLOSED)

    def project(self, project_id: str) -> Project:
        """The project with this id; NotFoundError when there is none."""
        try:
            return self._projects[project_id]
        except KeyError:
            raise NotFoundError(f"There is no project “{project_id}” here.") from None

    def organization(self, organization_id: str) -> Organization | None:
        """The organization with this id, None when it is not known."""
        return self._organizations.get(organization_id)
