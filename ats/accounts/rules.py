"""What each role may do in the house; what a team membership adds is in the slices that it is about."""

import rules

from ats.accounts.models import Role, User


@rules.predicate
def is_active(user: User) -> bool:
    return user.is_authenticated and user.is_active


@rules.predicate
def is_admin(user: User) -> bool:
    return user.is_authenticated and user.is_active and user.role == Role.ADMIN


@rules.predicate
def oversees(user: User) -> bool:
    return user.is_authenticated and user.oversees


@rules.predicate
def recruits(user: User) -> bool:
    return user.is_authenticated and user.recruits


@rules.predicate
def opens_roles(user: User) -> bool:
    return user.is_authenticated and user.opens_roles


@rules.predicate
def of_whole_house(user: User) -> bool:
    """No wall stands around them: what cannot be told apart by organisations is for them alone."""
    return user.is_authenticated and user.works_for is None


rules.add_perm("ats.manage_people", is_admin)
rules.add_perm("ats.manage_organisation", is_admin)
rules.add_perm("ats.add_location", recruits)
rules.add_perm("ats.edit_mail_templates", oversees)
rules.add_perm("ats.see_due_work", oversees & of_whole_house)
