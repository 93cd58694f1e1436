//! The file that `leadsim init` writes: the template with the dozen numbers every team must put in itself.

/// A commented starter file.
pub fn starter() -> String {
    STARTER.to_string()
}

const STARTER: &str = r#"# Your scenario. Everything not written here is as in the published template; `leadsim explain` shows every value
# with its reason and source, and docs/SCENARIO.md lists all keys. Replace the numbers below by your own.

format = 1
preset = "template"
title = "Our team and our agreement"
question = "Can we keep Tier 1 within 15 minutes?"
# expect = "Write down what you expect before you run it; it is kept with the results, in summary.txt and estimates.json."

[horizon]
zone = "America/New_York"    # your company's time zone
start = "2026-02-01"         # whole months, because volume and rejection are promised by the month
end = "2026-04-30"

# Leads. MQLs a month by source; switch a source of the template off with off = true, add your own by name.
[sources.demo_form]
per_month = 16.5             # also per_week, per_day, per_hour
[sources.pricing_or_direct]
per_month = 9
[sources.content]
per_month = 49.5
# [sources.newsletter]
# off = true
# [sources.partner]
# tier = 2
# per_month = 6
# [sources.our_export]       # or play the real stamps of your CRM export
# tier = 1
# replay = { file = "leads.csv", column = "created", zone = "America/New_York" }

# The team.
[team.reps]
count = 6
sites = { "America/New_York" = 3, "America/Chicago" = 1, "America/Los_Angeles" = 2 }
shift = "Mon-Fri 08:30-17:30"
cost_per_hour = "$70"        # loaded
attention = { 1 = { median = "2min", p90 = "10min" }, 2 = { median = "15min", p90 = "60min" }, 3 = { median = "15min", p90 = "60min" } }

[team.reps.meetings.customer]
per_day = 1.8                # count them in last month's calendars

# Who gets a lead.
[routing]
policy = "round robin"       # or "pool"
aware_of = ["shift", "leave"] # add "meetings" if your rotation reads calendars
# back_up = { after = "5min" } # a second owner when the first has not started

# Rates as you see them today, by tier: calibrate acceptance first.
[buyers.tiers.1]
accepted = 0.88
qualified = 0.80

[buyers.opportunity]
amount = { mean = "$40K", cv = 0.8 }
pipeline_goal = "$3.6M"

# What was promised.
[commitments.M1]
at_least = 150               # MQLs a month
[commitments.S1]
within = "15 business min"
after_hours = "by 09:00 next business day"
goal = 0.9
goal_stated = false          # true once your agreement says so
"#;
