using Cms.GraphQL;

namespace Cms.Taxonomy;

/// <summary>The id of a source.</summary>
public readonly record struct SourceId(Guid Value) : IEntityId<SourceId>
{
    public static string Prefix => "src";

    public override string ToString() => this.Format();
}
