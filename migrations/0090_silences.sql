-- Whom a person mutes or blocks, and since when.
create table silences (
    by_id text not null references users (id) on delete cascade,
    user_id text not null references users (id) on delete cascade,
    how text not null,
    since bigint not null,
    primary key (by_id, user_id)
);
create index silences_user on silences (user_id, how);

-- What a person says and what would stop them take turns: each holds that person's row until it commits, so that of a
-- block and a comment at once the later one knows of the other.
create table silence_turns (
    user_id text primary key references users (id) on delete cascade
);
