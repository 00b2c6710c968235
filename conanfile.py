# The engine for Conan 2: `conan create .` builds mdcd::actors and what it stands on, without the program, the protocol
# and Z3. docs/packages.md says how far this was tried.
import os
import re

from conan import ConanFile
from conan.tools.build import check_min_cppstd
from conan.tools.cmake import CMake, CMakeDeps, CMakeToolchain, cmake_layout
from conan.tools.files import copy, load, rmdir
from conan.tools.gnu import PkgConfigDeps


class Mdcd(ConanFile):
    name = "mdcd"
    license = "MIT"
    description = "Explicit-state model checker for systems of actors"
    topics = ("model-checking", "verification", "distributed-systems")
    package_type = "static-library"
    settings = "os", "compiler", "build_type", "arch"
    # What the build of these libraries reads, and no more.
    exports_sources = ("CMakeLists.txt", "LICENSE", "checker/*.?pp", "checker/*CMakeLists.txt", "checker/actors/*",
                       "checker/package/*", "traces/*", "!checker/cli/*", "!checker/smt/*",
                       "!checker/package/vcpkg/*")

    def set_version(self):
        text = load(self, os.path.join(self.recipe_folder, "CMakeLists.txt"))
        self.version = re.search(r"project\(mdcd VERSION ([0-9.]+)", text).group(1)

    def requirements(self):
        self.requires("libsodium/[>=1.0.18 <2]")
        self.requires("nlohmann_json/[>=3.11 <4]", visible=False)  # no header of ours shows it

    def build_requirements(self):
        self.tool_requires("cmake/[>=3.25]")
        self.tool_requires("pkgconf/[>=1.7]")

    def validate(self):
        check_min_cppstd(self, 20)

    def layout(self):
        cmake_layout(self)

    def generate(self):
        toolchain = CMakeToolchain(self)
        toolchain.cache_variables["MDCD_LIBRARIES"] = "actors"
        toolchain.cache_variables["MDCD_PRECOMPILED_HEADERS"] = False
        toolchain.generate()
        CMakeDeps(self).generate()
        PkgConfigDeps(self).generate()  # libsodium is asked for through pkg-config

    def build(self):
        cmake = CMake(self)
        cmake.configure()
        cmake.build()

    def package(self):
        CMake(self).install(component="development")
        copy(self, "LICENSE", self.source_folder, os.path.join(self.package_folder, "licenses"))
        rmdir(self, os.path.join(self.package_folder, "lib", "cmake"))  # Conan writes its own, from what follows
        rmdir(self, os.path.join(self.package_folder, "lib", "pkgconfig"))

    def package_info(self):
        below = {"checker": ["libsodium::libsodium"], "traces": [], "actors": ["checker", "traces"]}
        for library, requires in below.items():
            component = self.cpp_info.components[library]
            component.set_property("cmake_target_name", f"mdcd::{library}")
            component.set_property("pkg_config_name", f"mdcd-{library}")
            component.libs = [f"mdcd_{library}"]
            component.requires = requires
        if self.settings.os in ("Linux", "FreeBSD"):
            self.cpp_info.components["checker"].system_libs = ["pthread"]
