using Cms.GraphQL;
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

    extension(IAdmission admission)
    {
        /// <summary>Returns whether the viewer receives anything now.</summary>
        public async Task<bool> AdmitsAsync(Viewer viewer, CancellationToken cancellationToken)
        {
            if (viewer.Partner is null)
            {
                return true;
            }

            try
            {
                await admission.AdmitAsync(viewer, cancellationToken);
                return true;
            }
            catch (RequestError refused) when (refused.Code is ErrorCodes.NotAuthorized)
            {
                return false;
            }
        }
    }
}
