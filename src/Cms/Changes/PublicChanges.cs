using System.Collections.Frozen;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Changes;

/// <summary>Defines how clients see one kind of change. The feature that announces the kind registers it.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Show">Creates the change that clients see; its second argument is the cursor.</param>
public sealed record ChangeShape(ChangeKind Kind, Func<Change, string, IChange> Show);

/// <summary>Converts changes in the log to the changes that clients see.</summary>
/// <exception cref="ArgumentException">A kind is registered twice.</exception>
public sealed class PublicChanges(IEnumerable<ChangeShape> shapes)
{
    private readonly FrozenDictionary<ChangeKind, Func<Change, string, IChange>> _shapes = shapes
        .Select(shape => KeyValuePair.Create(shape.Kind, shape.Show))
        .ToDictionary()
        .ToFrozenDictionary();

    /// <param name="change">The change from the log.</param>
    /// <param name="epoch">The log's epoch.</param>
    public IChange Of(Change change, Guid epoch) =>
        _shapes[change.Kind](change, new ChangeCursor(epoch, change.Seq).Write());
}

internal static class ChangeShapes
{
    extension(IServiceCollection services)
    {
        /// <summary>Registers how clients see a kind of change.</summary>
        public IServiceCollection AddChange(ChangeKind kind, Func<Change, string, IChange> show) =>
            services.AddSingleton(new ChangeShape(kind, show));
    }
}
