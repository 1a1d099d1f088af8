using Cms.GraphQL;

namespace Cms.Panel;

/// <summary>The id of a take.</summary>
public readonly record struct TakeId(Guid Value) : IEntityId<TakeId>
{
    public static string Prefix => "tak";

    public override string ToString() => this.Format();
}
