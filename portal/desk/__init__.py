"""Where colleagues work: queue, case page, forecast, reminders, handing over, who may see what."""
