using Cms.People;

namespace Cms.Data;

/// <summary>A part of every write. Steps run in the order of their registration.</summary>
public interface ICommitStep
{
    /// <summary>Adds to the transaction after the operation has decided and its rows are saved.</summary>
    Task BeforeCommitAsync(CmsDbContext db, Actor actor, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Reacts to a commit with public changes, before the operation returns.</summary>
    Task AfterCommitAsync() => Task.CompletedTask;
}
