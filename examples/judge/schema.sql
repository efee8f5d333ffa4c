-- One row for each submission. What hands work in adds rows; dispatcher.py grades them, in their order.
CREATE TABLE submission (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    student  text NOT NULL,
    exercise text NOT NULL,
    content  text NOT NULL,
    -- refused: it can't be graded as it was sent, such as for an unknown exercise. failed: the grader itself failed.
    state    text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'graded', 'refused', 'failed'))
);
CREATE INDEX ON submission (id) WHERE state = 'waiting';

-- The primary key lets no submission have two. json, not jsonb: what a submission printed may hold a NUL, as \u0000.
CREATE TABLE result (
    submission bigint PRIMARY KEY REFERENCES submission,
    score      double precision,
    answer     json NOT NULL
);
