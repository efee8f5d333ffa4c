from grader.checks import edit
