-- The history of scenes: every text that was saved, and those that were not chosen. A scene in the trash keeps its
-- versions, so they don't refer to its row; they go when it goes for good.
create table scene_versions (
    scene_id text not null,
    -- Counted from 1 in each scene.
    number bigint not null,
    story_id text not null,
    kind text not null,
    -- Which revision of the scene it was; none, if it was not chosen.
    rev bigint,
    title text not null,
    content text not null,
    words bigint not null,
    goal text not null,
    conflict text not null,
    outcome text not null,
    device text not null,
    saved_at bigint not null,
    primary key (scene_id, number)
);
create index scene_versions_rev on scene_versions (scene_id, rev);
create index scene_versions_age on scene_versions (saved_at, scene_id);
