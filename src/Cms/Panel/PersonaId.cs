using Cms.GraphQL;

namespace Cms.Panel;

/// <summary>The id of a persona.</summary>
public readonly record struct PersonaId(Guid Value) : IEntityId<PersonaId>
{
    public static string Prefix => "per";

    public override string ToString() => this.Format();
}
