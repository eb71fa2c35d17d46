"""What workers do behind the pages: letters that are due, mail that comes in, a journey that was changed."""

from benchmarks import erasing, letters
from benchmarks.incoming import answers_taken_in, answers_taken_in_by_two
from benchmarks.measures import MEASURES, Sample, Thing, measure, my_day, rate
from benchmarks.subject import Facts

__all__ = ["MEASURES"]


@measure
def followups_sent(facts: Facts, address: str) -> Thing:
    """Acknowledgements that are due, rendered and handed to a mail server by one worker, a second."""
    return rate(lambda: letters.by_one(2_000))


@measure
def followups_by_two(facts: Facts, address: str) -> Thing:
    """How many times as many two workers' processes do in a second as one, of 10,000 that are due."""
    return Thing(lambda: Sample(letters.gain_of_two(10_000)), unit="times", warm_up=0, runs=1)


@measure
def followups_spike(facts: Facts, address: str) -> Thing:
    """Seconds until 5,000 letters due in the same minute are sent by two workers; says what My day takes meanwhile."""
    page = my_day(facts, address)

    def ask() -> Sample:
        took, slower = letters.spike(5_000, lambda: page.ask().value)
        print(f"My day took {slower:.2f} times as long as at rest", flush=True)
        return Sample(took)

    return Thing(ask, unit="s", warm_up=0, runs=1)


@measure
def journey_replanned(facts: Facts, address: str) -> Thing:
    """Applications whose next steps are planned anew, a second, after five steps were added to the journey."""
    from benchmarks.journeys import replan_all

    return rate(lambda: replan_all(facts))


@measure
def incoming_mail(facts: Facts, address: str) -> Thing:
    """Candidates' answers by mail, kept and read into their conversations by one worker, a second."""
    return rate(answers_taken_in)


@measure
def incoming_mail_by_two(facts: Facts, address: str) -> Thing:
    """The same, read by two workers' processes, a second."""
    return rate(answers_taken_in_by_two)


@measure
def erasure_of_one(facts: Facts, address: str) -> Thing:
    """Milliseconds until a person with 200 messages is out of every table."""
    return Thing(lambda: Sample(erasing.one_with_messages()), warm_up=1, runs=5)


@measure
def erasures_due(facts: Facts, address: str) -> Thing:
    """People who are erased a second by one worker, of 1,000 whose time is over."""
    return rate(lambda: erasing.many(1_000))


@measure
def bulk_move_5000(facts: Facts, address: str) -> Thing:
    """Seconds until 5,000 people have been moved by one worker, each as by hand, after a look at whom it touches."""
    from benchmarks.bulk import move_many

    return Thing(lambda: Sample(move_many(facts, 5_000)), unit="s", warm_up=0, runs=1)
