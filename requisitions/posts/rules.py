"""Who may do what with a job post: what they may do with its requisition."""

import rules

from ats.accounts.models import User
from ats.accounts.rules import is_active
from requisitions.posts.models import JobPost
from requisitions.roles.rules import runs, sees


@rules.predicate
def runs_its_requisition(user: User, post: JobPost | None) -> bool:
    return bool(runs(user, post.requisition if post else None))


@rules.predicate
def sees_its_requisition(user: User, post: JobPost | None) -> bool:
    return bool(sees(user, post.requisition if post else None))


rules.add_perm("requisitions.view_post", is_active & sees_its_requisition)
rules.add_perm("requisitions.change_post", runs_its_requisition)
# On the requisition, before there is a post.
rules.add_perm("requisitions.add_post", runs)
