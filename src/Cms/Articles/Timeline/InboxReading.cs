using Cms.Audit;
using Cms.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cms.Articles.Timeline;

/// <summary>How far a person has read their inbox.</summary>
public sealed class InboxReading : IAudited
{
    string IAudited.AuditSubject => PersonKey.ToString();

    public required PersonKey PersonKey { get; init; }

    /// <summary>Items at or before this time are marked as read.</summary>
    public DateTimeOffset ReadUntil { get; private set; }

    /// <summary>Marks items as read. Items that are read stay read.</summary>
    public void Read(DateTimeOffset until) => ReadUntil = until > ReadUntil ? until : ReadUntil;
}

internal sealed class InboxReadingConfiguration : IEntityTypeConfiguration<InboxReading>
{
    public void Configure(EntityTypeBuilder<InboxReading> reading) => reading.HasKey(r => r.PersonKey);
}
