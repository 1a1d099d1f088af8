using System.Collections.Frozen;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Changes;

/// <summary>How clients see one kind of change. The feature that announces the kind declares it.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Show">Makes the change that clients see; its second argument is the cursor.</param>
public sealed record ChangeShape(ChangeKind Kind, Func<Change, string, IChange> Show);

/// <summary>Changes as clients see them.</summary>
/// <exception cref="ArgumentException">A kind is declared twice.</exception>
public sealed class PublicChanges(IEnumerable<ChangeShape> shapes)
{
    private readonly FrozenDictionary<ChangeKind, Func<Change, string, IChange>> _shapes = shapes
        .Select(shape => KeyValuePair.Create(shape.Kind, shape.Show))
        .ToDictionary()
        .ToFrozenDictionary();

    /// <param name="change">The change, as the log holds it.</param>
    /// <param name="epoch">The log's epoch.</param>
    public IChange Of(Change change, Guid epoch) =>
        _shapes[change.Kind](change, new ChangeCursor(epoch, change.Seq).Write());
}

internal static class ChangeShapes
{
    extension(IServiceCollection services)
    {
        /// <summary>Declares how clients see a kind of change.</summary>
        public IServiceCollection AddChange(ChangeKind kind, Func<Change, string, IChange> show) =>
            services.AddSingleton(new ChangeShape(kind, show));
    }
}
