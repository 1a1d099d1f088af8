using Cms.People;

namespace Cms.Changes;

/// <summary>The changes of one partner, which are in a log of the partner's own.</summary>
public interface IPartnerChanges
{
    /// <summary>Lists the changes of a partner, oldest first.</summary>
    /// <param name="entitlement">What the partner receives now.</param>
    /// <param name="after">The cursor of the last change that the partner has read; null to begin.</param>
    /// <param name="size">The maximum number of changes.</param>
    /// <param name="cancellationToken">Cancelled when the request ends.</param>
    Task<ChangePage> ListAsync(Entitlement entitlement, string? after, int size, CancellationToken cancellationToken);
}
