export GIT_DIR=.editions GIT_WORK_TREE=out
git add --all --force .
git diff --cached --quiet ||
  git -c user.name=briefgen -c user.email=briefgen@localhost commit --quiet --message "Scheduled run"
git push --quiet "$EDITIONS" HEAD:refs/heads/editions
