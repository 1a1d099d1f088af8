using Cms.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Cms.SqlServer;

/// <summary>What <c>dotnet ef</c> makes migrations with.</summary>
internal sealed class DesignTimeFactory : IDesignTimeDbContextFactory<CmsDbContext>
{
    public CmsDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<CmsDbContext>();
        options.UseCmsSqlServer("Server=.;Database=Cms");
        return new CmsDbContext(options.Options);
    }
}
