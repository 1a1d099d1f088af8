using Cms.Studio.Layout;

namespace Cms.Studio.Webhooks;

/// <summary>What the forms of a webhook do, for administrators and for contacts of partners.</summary>
internal static class WebhookActs
{
    extension(StudioPage page)
    {
        public Task SaveWebhookAsync(string id, WebhookForm form)
        {
            var input = form.ToInput();
            input["id"] = id;
            input["expectedVersion"] = form.Version;
            return page.ChangeAsync<SavedWebhook>(
                "StudioSaveWebhook",
                input,
                answer => answer.SaveWebhook.Errors,
                "The details were saved."
            );
        }

        public Task EnableWebhookAsync(string id, WebhookForm? form) =>
            page.ChangeAsync<EnabledWebhook>(
                "StudioEnableWebhook",
                new { id, expectedVersion = form?.Version },
                answer => answer.EnableWebhook.Errors,
                "The webhook is enabled and continues where it stopped."
            );

        public Task DisableWebhookAsync(string id, WebhookForm? form) =>
            page.ChangeAsync<DisabledWebhook>(
                "StudioDisableWebhook",
                new
                {
                    id,
                    reason = form?.Reason?.Trim() ?? "",
                    expectedVersion = form?.Version,
                },
                answer => answer.DisableWebhook.Errors,
                "The webhook is disabled and sends nothing."
            );

        public Task DeleteWebhookAsync(string id, WebhookForm? form, string next) =>
            page.ChangeAsync<DeletedWebhook>(
                "StudioDeleteWebhook",
                new { id, expectedVersion = form?.Version },
                answer => answer.DeleteWebhook.Errors,
                "The webhook was deleted.",
                next
            );
    }
}
