using Cms.People;

namespace Cms.Data;

/// <summary>A step of every write. Steps run in the order of their registration.</summary>
public interface ICommitStep
{
    /// <summary>
    /// Returns whether a person who repeats a mutation may still see its result. If not, the mutation is carried out as
    /// if it were new, and answers as it would to anybody without access.
    /// </summary>
    Task<bool> MayRepeatAsync(CmsDbContext db, object result, Actor actor, CancellationToken cancellationToken) =>
        Task.FromResult(true);

    /// <summary>Adds changes to the transaction after the operation has succeeded and its changes are saved.</summary>
    Task BeforeCommitAsync(CmsDbContext db, Actor actor, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Runs after a commit with public changes, before the result is returned.</summary>
    Task AfterCommitAsync() => Task.CompletedTask;
}
