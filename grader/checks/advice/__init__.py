"""What an exception means, in a sentence for a beginner that stands beside the exception's own text."""

from grader.checks.advice.advise import advise
from grader.checks.advice.loading import cell_sentence, load_sentence
from grader.checks.advice.quote import quoted, raised_text, with_stop

__all__ = ["advise", "cell_sentence", "load_sentence", "quoted", "raised_text", "with_stop"]
