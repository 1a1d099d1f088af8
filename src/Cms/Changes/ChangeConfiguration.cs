using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cms.Changes;

internal sealed class ChangeConfiguration : IEntityTypeConfiguration<Change>
{
    public void Configure(EntityTypeBuilder<Change> change)
    {
        change.HasKey(c => c.Seq);
        change.Property(c => c.Seq).ValueGeneratedNever();
    }
}

internal sealed class SharedReaderConfiguration : IEntityTypeConfiguration<SharedReader>
{
    public void Configure(EntityTypeBuilder<SharedReader> reader)
    {
        reader.HasKey(r => r.Name);
        reader.Property(r => r.Name).HasMaxLength(SharedReader.MaxName);
    }
}

internal sealed class ChangeCounterConfiguration : IEntityTypeConfiguration<ChangeCounter>
{
    public void Configure(EntityTypeBuilder<ChangeCounter> counter) =>
        counter.Property(c => c.Id).ValueGeneratedNever();
}
