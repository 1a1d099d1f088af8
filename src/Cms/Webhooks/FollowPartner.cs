using Cms.GraphQL;
using Cms.Partners;
using Cms.Partners.Log;
using Cms.People;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Webhooks;

/// <summary>Brings the log of a partner up to date, with the rights of the partner.</summary>
public sealed class FollowPartner(IAdmission admission, IServiceScopeFactory scopes)
{
    /// <returns>Whether the partner receives anything now.</returns>
    public async Task<bool> Handle(PartnerId partner, CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var services = scope.ServiceProvider;
            var viewer = (Viewer)await admission.AdmitAsync(WebhookViewer.Of(partner), cancellationToken);
            services.GetRequiredService<CurrentCaller>().Value = viewer;
            await services.GetRequiredService<UpdatePartnerLog>().Handle(viewer.Entitlement!, cancellationToken);
            return true;
        }
        catch (RequestError refused) when (refused.Code is ErrorCodes.NotAuthorized or ErrorCodes.NotAuthenticated)
        {
            return false;
        }
    }
}
