using Cms.GraphQL;

namespace Cms.Articles;

public readonly record struct EditionId(Guid Value) : IEntityId<EditionId>
{
    public static string Prefix => "edn";

    public override string ToString() => this.Format();
}
