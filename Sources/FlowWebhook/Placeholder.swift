// FlowWebhook
