"""What learners get wrong here, each as an edit of reference.py. The first is what the file says that they get."""

from __future__ import annotations

from grader.checks import edit

divided_by_two = edit("mean", {"len(numbers)": "2"}).says(
    "the sum is divided by 2, however many numbers there are; divide it by how many there are"
)
divided_by_three = edit("mean", {"len(numbers)": "3"}).says(
    "the sum is divided by 3, however many numbers there are; that is right for three numbers only"
)
divided_by_one_less = edit("mean", {"len(numbers)": "len(numbers) - 1"}).says(
    "the sum is divided by one less than there are numbers; divide it by how many there are"
)
divided_by_one_more = edit("mean", {"len(numbers)": "len(numbers) + 1"}).says(
    "the sum is divided by one more than there are numbers; divide it by how many there are"
)
not_divided = edit("mean", {"total / count": "total"}).says(
    "this is the sum of the numbers; it is not divided by how many there are"
)
divided_by_the_sum = edit("mean", {"len(numbers)": "numbers.sum()"}).says(
    "the sum is divided by itself, which is always 1; divide it by how many numbers there are"
)
divided_by_the_largest = edit("mean", {"len(numbers)": "numbers.max()"}).says(
    "the sum is divided by the largest number; divide it by how many numbers there are"
)
multiplied = edit("mean", {"/": "*"}).says("the sum is multiplied by how many numbers there are; divide it")
rounded_down = edit("mean", {"/": "//"}).says("the result is rounded down, as // does it; / keeps the fraction")
last_left_out = edit("mean", {"numbers.sum()": "numbers[:-1].sum()"}).says("the last number is missing from the sum")
divides_each = edit("mean", {"len(numbers)": "numbers"}).says(
    "the sum is divided by each of the numbers, which gives several results; a mean is one number"
)
python_number = edit("mean", {"total / count": "(total / count).item()"}).says(
    "this is a Python number; the result is a 0-d tensor"
)
double = edit("mean", {"total / count": "(total / count).double()"}).says(
    "the result is float64 whatever the input is; it should keep its dtype"
)
