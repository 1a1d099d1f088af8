namespace Cms.Access;

/// <summary>
/// A key that encrypts cookies, shared by all servers on one database. ASP.NET Core creates and reads it.
/// </summary>
public sealed class ProtectionKey
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Name { get; init; }

    public required string Xml { get; init; }
}
