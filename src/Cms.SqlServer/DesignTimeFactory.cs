using Cms.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Cms.SqlServer;

/// <summary>Creates the context that <c>dotnet ef</c> uses to generate migrations.</summary>
internal sealed class DesignTimeFactory : IDesignTimeDbContextFactory<CmsDbContext>
{
    public CmsDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<CmsDbContext>();
        options.UseCmsSqlServer("Server=.;Database=Cms");
        return new CmsDbContext(options.Options);
    }
}
