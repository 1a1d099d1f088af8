using Cms.GraphQL;

namespace Cms.Taxonomy;

/// <summary>Names a publication that stories come from.</summary>
public readonly record struct SourceId(Guid Value) : IEntityId<SourceId>
{
    public static string Prefix => "src";

    public override string ToString() => this.Format();
}
