-- What stories and people are found by: words of titles, names, tags and blurbs, and the beginnings of some. A table of
-- our own, because it is the same in both databases, in the transaction of the write, and in a backup.
create table story_terms (
    story_id text not null references stories (id) on delete cascade,
    term text not null,
    weight bigint not null,
    primary key (term, story_id)
);
create index story_terms_story on story_terms (story_id);

create table person_terms (
    user_id text not null references users (id) on delete cascade,
    term text not null,
    weight bigint not null,
    primary key (term, user_id)
);
create index person_terms_user on person_terms (user_id);

-- The revision of a story whose words are there. A node of an older version saves a story and leaves them: then this is
-- another than `rev`, and a node of this version sees to it.
alter table stories add column indexed bigint not null default 0;
create index stories_unindexed on stories (id) where indexed <> rev;
-- The same of a person's name and handle: 1, once they are there.
alter table users add column indexed bigint not null default 0;
create index users_unindexed on users (id) where indexed = 0;
