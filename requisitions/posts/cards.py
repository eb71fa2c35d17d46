"""What other pages show of posts."""

from datetime import datetime

from ats.accounts.models import User
from requisitions.posts.queries import lawful
from requisitions.roles.pages.cards import Panel, notice


@notice
def posts_that_say_too_little(user: User, now: datetime) -> Panel | None:
    """Posts that are out and lack what the law of their place wants by now: for who oversees."""
    posts = lawful.live_and_wanting(user, now) if user.oversees else []
    return Panel("requisitions/posts/wanting.html", {"posts": posts}) if posts else None
