"""What people do beside building: sources, translations, templates, schedules, doctor, init."""
