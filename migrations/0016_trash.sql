-- What was deleted and can be had back. Its rows are here as text, and no longer in the tables that readers and
-- authors are answered from: so no statement can show them by mistake.
create table trash (
    kind text not null,
    id text not null,
    author_id text not null references users (id),
    story_id text not null,
    title text not null,
    story_title text,
    words bigint not null,
    deleted_at bigint not null,
    primary key (kind, id)
);
create index trash_author on trash (author_id, deleted_at);
create index trash_story on trash (story_id);
create index trash_age on trash (deleted_at);

create table trash_rows (
    kind text not null,
    id text not null,
    -- In this order they go back, each after what it refers to.
    place bigint not null,
    table_name text not null,
    -- The row's own id, where it has one.
    row_id text,
    content text not null,
    primary key (kind, id, place),
    foreign key (kind, id) references trash (kind, id) on delete cascade
);
