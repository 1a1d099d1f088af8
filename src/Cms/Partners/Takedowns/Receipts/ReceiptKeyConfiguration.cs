using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cms.Partners.Takedowns.Receipts;

internal sealed class ReceiptKeyConfiguration : IEntityTypeConfiguration<ReceiptKey>
{
    // An encrypted key has about 300 bytes.
    private const int MaxSealed = 1000;

    public void Configure(EntityTypeBuilder<ReceiptKey> key)
    {
        key.Property(k => k.Id).HasMaxLength(ReceiptKey.Letters).IsUnicode(false);
        key.Property(k => k.X).HasMaxLength(ReceiptKey.Letters).IsUnicode(false);
        key.Property(k => k.Y).HasMaxLength(ReceiptKey.Letters).IsUnicode(false);
        key.Property(k => k.SealedPrivateKey).HasMaxLength(MaxSealed);
    }
}
