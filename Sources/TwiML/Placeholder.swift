// TwiML
