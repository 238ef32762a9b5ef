"""A phone in the browser and a small server in the shape of Twilio's, for whoever has no account there. It imports nothing of ours."""
