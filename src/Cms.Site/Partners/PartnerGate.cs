namespace Cms.Site.Partners;

/// <summary>
/// Admits the requests of partners for files that were made before, without asking the API: what the API would check,
/// record and count for the request is checked, recorded and counted here too.
/// </summary>
public sealed record PartnerGate
{
    /// <summary>
    /// Reads what decides what the programs with a feed key receive now. Two results are equal if a file that was made with
    /// the one is right with the other. Null if the API must be asked, for example because the key does not work.
    /// </summary>
    public required Func<string, CancellationToken, Task<object?>> StandingOf { get; init; }

    /// <summary>
    /// Counts a request towards the limits of the partner. Throws what the questions to the API throw if it is refused.
    /// </summary>
    /// <remarks>The arguments are the standing and the request.</remarks>
    public required Func<object, PartnerVisit, HttpContext, Task> AdmitAsync { get; init; }

    /// <summary>
    /// Records that the partner receives again what it received in another request. False if that is not possible: then the
    /// file must not be sent.
    /// </summary>
    /// <remarks>The arguments are what the API remembers of the other request, and this one.</remarks>
    public required Func<object, PartnerVisit, CancellationToken, Task<bool>> DeliverAsync { get; init; }
}
