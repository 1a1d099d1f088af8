namespace Cms.Access;

/// <summary>A key that cookies are protected with, shared by all servers on one database; the web framework makes and reads it.</summary>
public sealed class ProtectionKey
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Name { get; init; }

    public required string Xml { get; init; }
}
