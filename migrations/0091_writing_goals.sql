-- How many words an author means to write a day, and a story is to have. 0: they have no such goal.
alter table users add column day_goal bigint not null default 0;
alter table stories add column word_goal bigint not null default 0;

-- How many words an author wrote in each quarter of an hour: each zone's days begin with one. Words that were taken out
-- are counted against those that were written; a quarter without writing has no row.
create table words_written (
    user_id text not null references users (id) on delete cascade,
    -- Quarters of an hour since 1970.
    quarter bigint not null,
    words bigint not null,
    primary key (user_id, quarter)
);
