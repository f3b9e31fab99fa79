-- What readers choose a story by. Stories from before have the usual ones. Warnings have spaces between them, tags
-- commas.
alter table stories add column status text not null default 'ongoing';
alter table stories add column language text not null default 'und';
alter table stories add column rating text not null default 'general';
alter table stories add column warnings text not null default '';
alter table stories add column tags text not null default '';
