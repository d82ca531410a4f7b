# PowerShell. briefgen needs a POSIX system (file locks, worker processes), so it runs in the Windows Subsystem for
# Linux; once, as an administrator:   wsl --install --distribution Debian
# Put briefgen and the workspace inside it, where the links in out/ work: here /opt/briefgen and /home/briefgen/workspace.
# Windows' own timer knows one zone only, so it calls "schedule tick" often, which decides whether a run is due at
# @times@. A run that was missed is made up for.
$action = New-ScheduledTaskAction -Execute 'wsl.exe' -Argument '--distribution Debian --exec /opt/briefgen/brief -C /home/briefgen/workspace schedule tick @windows_options@'
$trigger = New-ScheduledTaskTrigger -Once -At (Get-Date).Date -RepetitionInterval (New-TimeSpan -Minutes @minutes@)
$settings = New-ScheduledTaskSettingsSet -StartWhenAvailable -MultipleInstances IgnoreNew -ExecutionTimeLimit (New-TimeSpan -Hours 3)
Register-ScheduledTask -TaskName 'Briefings' -Action $action -Trigger $trigger -Settings $settings
# To remove it:   Unregister-ScheduledTask -TaskName 'Briefings'
