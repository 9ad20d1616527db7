"""Who is who in one article: members of its cast, their titles and states, and whom a mention means."""
