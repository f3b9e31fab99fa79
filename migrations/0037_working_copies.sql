-- What an author typed into a scene and has not saved. No version, and nothing that readers have. The row stays when
-- its text is saved or given up, so that its revision never goes back.
create table working_copies (
    scene_id text primary key references scenes (id) on delete cascade,
    story_id text not null,
    -- How often it was kept, saved or given up.
    rev bigint not null,
    -- 1 while there is text in it that is not saved.
    is_open bigint not null,
    title text not null,
    content text not null,
    words bigint not null,
    goal text not null,
    conflict text not null,
    outcome text not null,
    device text not null,
    -- When its first text was kept since the last save.
    begun_at bigint not null,
    kept_at bigint not null
);
create index working_copies_story on working_copies (story_id);
