using Cms.GraphQL;

namespace Cms.Fronts;

/// <summary>The id of a front.</summary>
public readonly record struct FrontId(Guid Value) : IEntityId<FrontId>
{
    /// <summary>The front of the home page. A fixed id means that there can be only one.</summary>
    public static FrontId Home { get; } = new(new Guid("00000000-0000-7000-8000-000000000001"));

    public static string Prefix => "fro";

    public override string ToString() => this.Format();
}
