using Cms.GraphQL;

namespace Cms.Articles;

public readonly record struct RevisionId(Guid Value) : IEntityId<RevisionId>
{
    public static string Prefix => "rev";

    public override string ToString() => this.Format();
}
