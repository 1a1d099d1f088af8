using Cms.Partners;
using Cms.People;

namespace Cms.Webhooks;

/// <summary>On whose behalf the documents of a webhook are executed.</summary>
internal static class WebhookViewer
{
    /// <summary>Returns the partner with its own rights, or an anonymous reader for the newsroom.</summary>
    public static Viewer Of(PartnerId? partner) =>
        partner is { } id
            ? new Viewer
            {
                Kind = ViewerKind.Partner,
                Partner = id,
                MaySyndicate = true,
            }
            : Viewer.Anonymous;
}
