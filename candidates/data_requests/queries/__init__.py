"""What a copy of somebody's data holds, and what is asked of us and by when."""
