using Cms.GraphQL;

namespace Cms.Panel;

/// <summary>Names one persona's take on one article.</summary>
public readonly record struct TakeId(Guid Value) : IEntityId<TakeId>
{
    public static string Prefix => "tak";

    public override string ToString() => this.Format();
}
