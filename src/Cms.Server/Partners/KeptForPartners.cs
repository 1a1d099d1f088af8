using Cms.Data;
using Cms.GraphQL;
using Cms.Pages;
using Cms.Partners;
using Cms.Partners.Deliveries;
using Cms.Partners.Usage;
using Cms.People;
using Cms.Server.GraphQL;
using Cms.Site.Partners;

namespace Cms.Server.Partners;

/// <summary>
/// Lets the site of this server send files to partners that it has made before: with the same limits, records of
/// deliveries and counts as if the API had been asked.
/// </summary>
internal sealed class KeptForPartners(
    ReadPartnerStanding standing,
    PartnerLimits limits,
    RequestLimiter server,
    RepeatDeliveries deliveries,
    UsageCounter use,
    DatabaseErrors errors
)
{
    /// <summary>Returns the gate for the site.</summary>
    public PartnerGate Gate() =>
        new()
        {
            StandingOf = async (key, cancellationToken) => await standing.Handle(key, cancellationToken),
            AdmitAsync = (found, visit, http) => AdmitAsync((PartnerStanding)found, visit, http),
            DeliverAsync = (before, visit, cancellationToken) =>
                DeliverAsync((PartnerTurn)before, (PartnerTurn)visit.Turn!, cancellationToken),
        };

    private async Task AdmitAsync(PartnerStanding found, PartnerVisit visit, HttpContext http)
    {
        var turn = PartnerUse.TurnOf(visit);
        var viewer = found.ViewerOf(turn);
        IHeaderDictionary headers = new HeaderDictionary();
        PartnerUse.Count(visit, turn, use);
        try
        {
            await server.CountAsync(viewer, http.Connection.RemoteIpAddress, headers);
            await limits.EnterAsync(turn, viewer.Entitlement!, http.RequestAborted);
        }
        catch (RequestError refusal) when (refusal.Code is ErrorCodes.RateLimited or ErrorCodes.QuotaExceeded)
        {
            headers.RetryAfter = GraphQLEndpoint.RetryAfter(refusal);
            throw refusal.Code is ErrorCodes.RateLimited
                ? new TooManyRequestsException(refusal.Message)
                : new QuotaExceededException(refusal.Message);
        }
        catch (Exception fault) when (!http.RequestAborted.IsCancellationRequested && errors.Concerns(fault))
        {
            throw new ApiUnavailableException(errors.Of(fault)!.Message, fault);
        }
        finally
        {
            PartnerUse.ReportLimits(headers, turn);
            visit.Take(headers);
        }
    }

    private async Task<bool> DeliverAsync(PartnerTurn before, PartnerTurn turn, CancellationToken cancellationToken)
    {
        try
        {
            await deliveries.Handle(turn, before, cancellationToken);
            return true;
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested && errors.Concerns(fault))
        {
            // The file is then made in the usual way, which says why.
            return false;
        }
    }
}
