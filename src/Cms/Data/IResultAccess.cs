using Cms.People;

namespace Cms.Data;

/// <summary>
/// Decides whether a person may still see the result of a mutation that they repeat. If not, the mutation is carried
/// out as if it were new, and answers as it would to anybody without access.
/// </summary>
public interface IResultAccess
{
    /// <summary>Returns whether the person may see the result.</summary>
    Task<bool> IsAllowedAsync(CmsDbContext db, object result, Actor actor, CancellationToken cancellationToken);
}
