using Cms.GraphQL;

namespace Cms.Panel;

/// <summary>Names a member of the panel.</summary>
public readonly record struct PersonaId(Guid Value) : IEntityId<PersonaId>
{
    public static string Prefix => "per";

    public override string ToString() => this.Format();
}
